<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-error}" symbol="0" filter="{{severity}} = 'error'" label="{{severity_error_label}}"/>
   <rule key="{terrein-warning}" symbol="1" filter="{{severity}} = 'warning'" label="{{severity_warning_label}}"/>
   <rule key="{terrein-note}" symbol="2" filter="ELSE" label="{{severity_note_label}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="triangle"/>
     <Option name="color" type="QString" value="{{severity_error}}"/>
     <Option name="size" type="QString" value="4.2"/>
     <Option name="size_unit" type="QString" value="MM"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.4"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="diamond"/>
     <Option name="color" type="QString" value="{{severity_warning}}"/>
     <Option name="size" type="QString" value="3.6"/>
     <Option name="size_unit" type="QString" value="MM"/>
     <Option name="outline_color" type="QString" value="{{ink}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="name" type="QString" value="circle"/>
     <Option name="color" type="QString" value="{{severity_note}}"/>
     <Option name="size" type="QString" value="2.6"/>
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
 {{{fields}}}
 <mapTip>{{map_tip}}</mapTip>
</qgis>
