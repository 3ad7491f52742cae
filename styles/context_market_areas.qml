<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="singleSymbol" symbollevels="0" forceraster="0" enableorderby="0">
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{polygon_fill}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{market_line}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.26"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option>
     <data_defined_properties><Option type="Map">
      <Option name="name" type="QString" value=""/>
      <Option name="properties" type="Map"><Option name="fillColor" type="Map">
       <Option name="active" type="bool" value="true"/>
       <Option name="expression" type="QString" value="color_hsl((&quot;fid&quot; * 137) % 360, 55, 65)"/>
       <Option name="type" type="int" value="3"/>
      </Option></Option>
      <Option name="type" type="QString" value="collection"/>
     </Option></data_defined_properties></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="market_areas"/><Option name="terrein/draw" type="QString" value="11"/></Option></customproperties>
 {{{fields}}}
 <mapTip>&lt;div style="font-family: Arial, sans-serif; font-size: 12px; color: #232323"&gt;&lt;b&gt;[% "source_id" %]&lt;/b&gt;&lt;br&gt;[% "label" %]&lt;/div&gt;</mapTip>
</qgis>
