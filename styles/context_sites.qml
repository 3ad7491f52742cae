<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-best}" symbol="0" filter="&quot;number&quot; = 1" label="{{legend_site_best}}"/>
   <rule key="{terrein-next}" symbol="1" filter="&quot;number&quot; &gt; 1" label="{{legend_site_next}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{site_best}}"/>
     <Option name="style" type="QString" value="no"/>
     <Option name="outline_color" type="QString" value="{{site_best}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="1.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{site_next}}"/>
     <Option name="style" type="QString" value="no"/>
     <Option name="outline_color" type="QString" value="{{site_next}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.9"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple"><settings calloutType="simple">
  <text-style fieldName="to_string(&quot;number&quot;) || ' · ' || format_number(&quot;gross_ha&quot;, 1) || ' ha'" isExpression="1" fontFamily="Arial" fontSize="9" fontSizeUnit="Point" fontWeight="75" textColor="{{ink}}" textOpacity="1" multilineHeight="0.9">
   <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="{{paper}}" bufferOpacity="0.9" bufferJoinStyle="128"/>
  </text-style>
  <placement placement="1" dist="0" distUnits="MM" centroidInside="1" priority="9"/>
  <rendering drawLabels="1" scaleVisibility="0" obstacle="1" obstacleFactor="1" obstacleType="1"/>
 </settings></labeling>
 {{{fields}}}
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="sites"/><Option name="terrein/draw" type="QString" value="88"/></Option></customproperties>
 <mapTip>{{map_tip}}</mapTip>
</qgis>
