<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-gate}" symbol="0" filter="&quot;kind&quot; = 'gate'" label="{{legend_gate}}"/>
   <rule key="{terrein-possible}" symbol="1" filter="&quot;kind&quot; = 'possible'" label="{{legend_gate_possible}}"/>
   <rule key="{terrein-barred}" symbol="2" filter="&quot;kind&quot; = 'barred'" label="{{legend_gate_barred}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{gate}}"/>
     <Option name="line_width" type="QString" value="0.6"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="flat"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{gate_possible}}"/>
     <Option name="line_width" type="QString" value="0.6"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="flat"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{gate_barred}}"/>
     <Option name="line_width" type="QString" value="0.6"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="dash"/>
     <Option name="capstyle" type="QString" value="flat"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="gates"/><Option name="terrein/draw" type="QString" value="85"/></Option></customproperties>
 {{{fields}}}
 <mapTip>&lt;div style="font-family: Arial, sans-serif; font-size: 12px; color: #232323"&gt;&lt;b&gt;[% "candidate" || ' – ' || "line_id" %]&lt;/b&gt;&lt;br&gt;[% coalesce("barrier" || ' ' || "barrier_id", round("gate_m", 1) || ' m') %]&lt;/div&gt;</mapTip>
</qgis>
