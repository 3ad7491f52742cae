<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-front}" symbol="0" scalemaxdenom="50000" label="{{legend_bound_front}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{bound_front}}"/>
     <Option name="line_width" type="QString" value="0.9"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="flat"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="bound_land"/><Option name="terrein/draw" type="QString" value="84"/></Option></customproperties>
 {{{fields}}}
 <mapTip>&lt;div style="font-family: Arial, sans-serif; font-size: 12px; color: #232323"&gt;&lt;b&gt;[% "candidate" %]&lt;/b&gt;&lt;br&gt;[% round("frontage_m") || ' m × ' || round("depth_m") || ' m' %]&lt;/div&gt;</mapTip>
</qgis>
