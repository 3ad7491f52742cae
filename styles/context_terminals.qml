<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-trimodal}" symbol="0" filter="{{rail}} AND {{water}}" label="{{legend_trimodal}}"/>
   <rule key="{terrein-water}" symbol="1" filter="{{water}} AND NOT {{rail}}" label="{{legend_water_terminal}}"/>
   <rule key="{terrein-rail}" symbol="2" filter="{{rail}} AND NOT {{water}}" label="{{legend_rail_terminal}}"/>
   <rule key="{terrein-other}" symbol="3" filter="ELSE" label="{{legend_other_terminal}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="circle"/>
     <Option name="color" type="QString" value="{{terminal_trimodal}}"/>
     <Option name="size" type="QString" value="6.4"/>
     <Option name="size_unit" type="QString" value="MM"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.4"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="base64:{{icon_trimodal}}"/>
     <Option name="color" type="QString" value="{{paper}}"/>
     <Option name="size" type="QString" value="4.6"/>
     <Option name="size_unit" type="QString" value="MM"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="no"/>
     <Option name="outline_width" type="QString" value="0"/>
     <Option name="offset" type="QString" value="0,0"/>
     <Option name="offset_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="circle"/>
     <Option name="color" type="QString" value="{{terminal_water}}"/>
     <Option name="size" type="QString" value="5.4"/>
     <Option name="size_unit" type="QString" value="MM"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.4"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="base64:{{icon_anchor}}"/>
     <Option name="color" type="QString" value="{{paper}}"/>
     <Option name="size" type="QString" value="3.6"/>
     <Option name="size_unit" type="QString" value="MM"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="no"/>
     <Option name="outline_width" type="QString" value="0"/>
     <Option name="offset" type="QString" value="0,0"/>
     <Option name="offset_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="circle"/>
     <Option name="color" type="QString" value="{{terminal_rail}}"/>
     <Option name="size" type="QString" value="5.4"/>
     <Option name="size_unit" type="QString" value="MM"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.4"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="base64:{{icon_train}}"/>
     <Option name="color" type="QString" value="{{paper}}"/>
     <Option name="size" type="QString" value="3.4"/>
     <Option name="size_unit" type="QString" value="MM"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="no"/>
     <Option name="outline_width" type="QString" value="0"/>
     <Option name="offset" type="QString" value="0,0"/>
     <Option name="offset_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="3" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="circle"/>
     <Option name="color" type="QString" value="{{terminal_other}}"/>
     <Option name="size" type="QString" value="3.4"/>
     <Option name="size_unit" type="QString" value="MM"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.4"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 {{{labeling}}}
 {{{fields}}}
 <mapTip>{{map_tip}}</mapTip>
</qgis>
