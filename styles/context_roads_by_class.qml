<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="1" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-motorway}" symbol="0" filter="{{motorway}}" label="{{legend_motorway}}"/>
   <rule key="{terrein-regional}" symbol="1" filter="{{main_road}}" scalemaxdenom="200000" label="{{legend_regional_road}}"/>
   <rule key="{terrein-other}" symbol="2" filter="ELSE" scalemaxdenom="60000" label="{{legend_other_road}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="4"><Option type="Map">
     <Option name="line_color" type="QString" value="{{main_road_casing}}"/>
     <Option name="line_width" type="QString" value="1.2"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="5"><Option type="Map">
     <Option name="line_color" type="QString" value="{{main_road_fill}}"/>
     <Option name="line_width" type="QString" value="0.8"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="2"><Option type="Map">
     <Option name="line_color" type="QString" value="{{regional_road_casing}}"/>
     <Option name="line_width" type="QString" value="0.75"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="3"><Option type="Map">
     <Option name="line_color" type="QString" value="{{regional_road_fill}}"/>
     <Option name="line_width" type="QString" value="0.5"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{road_casing}}"/>
     <Option name="line_width" type="QString" value="0.42"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="1"><Option type="Map">
     <Option name="line_color" type="QString" value="{{road_fill}}"/>
     <Option name="line_width" type="QString" value="0.24"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/draw" type="QString" value="52"/></Option></customproperties>
 {{{fields}}}
 <mapTip>{{map_tip}}</mapTip>
</qgis>
