<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-effective}" symbol="0" filter="&quot;bound_class&quot; = 'effectief'" label="{{legend_bound_effective}}"/>
   <rule key="{terrein-in_name}" symbol="1" filter="&quot;bound_class&quot; = 'in naam'" label="{{legend_bound_in_name}}"/>
   <rule key="{terrein-presumed}" symbol="2" filter="&quot;bound_class&quot; = 'vermoedelijk in naam'" label="{{legend_bound_presumed}}"/>
   <rule key="{terrein-unknown}" symbol="3" filter="&quot;bound_class&quot; = 'onbekend'" label="{{legend_bound_unknown}}"/>
   <rule key="{terrein-not_destined}" symbol="4" filter="&quot;bound_class&quot; = 'niet bestemd'" label="{{legend_bound_not_destined}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{bound_effective}}"/>
     <Option name="style" type="QString" value="no"/>
     <Option name="outline_color" type="QString" value="{{bound_effective}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.9"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{bound_in_name}}"/>
     <Option name="style" type="QString" value="no"/>
     <Option name="outline_color" type="QString" value="{{bound_in_name}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.9"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{bound_presumed}}"/>
     <Option name="style" type="QString" value="no"/>
     <Option name="outline_color" type="QString" value="{{bound_presumed}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.9"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option></layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{unknown}}"/>
     <Option name="style" type="QString" value="no"/>
     <Option name="outline_color" type="QString" value="{{unknown}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.7"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option></layer>
   </symbol>
   <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{paper}}"/>
     <Option name="style" type="QString" value="no"/>
     <Option name="outline_color" type="QString" value="{{bound_effective}}"/>
     <Option name="outline_style" type="QString" value="dash"/>
     <Option name="outline_width" type="QString" value="0.5"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="bound_land"/><Option name="terrein/draw" type="QString" value="45"/></Option></customproperties>
 {{{fields}}}
 <mapTip>&lt;div style="font-family: Arial, sans-serif; font-size: 12px; color: #232323"&gt;&lt;b&gt;[% "candidate" || ' – ' || "bound_class" %]&lt;/b&gt;&lt;br&gt;[% "reasons" %]&lt;/div&gt;</mapTip>
</qgis>
