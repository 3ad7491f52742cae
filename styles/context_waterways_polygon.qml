<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="singleSymbol" symbollevels="0" forceraster="0" enableorderby="0">
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{waterways_fill}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{waterways_line}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.16"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option>
     {{{part_thin_outline}}}</layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/draw" type="QString" value="20"/></Option></customproperties>
 {{{fields}}}
 <mapTip>{{map_tip}}</mapTip>
</qgis>
