<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="singleSymbol" symbollevels="0" forceraster="0" enableorderby="0">
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{paper}}"/>
     <Option name="line_width" type="QString" value="1.3"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="flat"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{area_line}}"/>
     <Option name="line_width" type="QString" value="0.5"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="flat"/>
     <Option name="joinstyle" type="QString" value="round"/>
     <Option name="use_custom_dash" type="QString" value="1"/>
     <Option name="customdash" type="QString" value="4;1.2;0.8;1.2"/>
     <Option name="customdash_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/draw" type="QString" value="80"/><Option name="terrein/extent" type="QString" value="whole"/></Option></customproperties>
 {{{fields}}}
 <mapTip>{{map_tip}}</mapTip>
</qgis>
