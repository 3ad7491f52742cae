<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-pass}" symbol="0" filter="{{outcome}} = 'voldoet'" label="{{legend_outcome_pass}}"/>
   <rule key="{terrein-condition}" symbol="1" filter="{{outcome}} = 'onder voorwaarden'" label="{{legend_outcome_condition}}"/>
   <rule key="{terrein-fail}" symbol="2" filter="{{outcome}} = 'voldoet niet'" label="{{legend_outcome_fail}}"/>
   <rule key="{terrein-unknown}" symbol="3" filter="ELSE" label="{{legend_outcome_unknown}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{outcome_pass}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option>
     {{{part_thin_outline}}}</layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{outcome_condition}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option>
     {{{part_thin_outline}}}</layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{fails_fill}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{fails_line}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option>
     {{{part_thin_outline}}}</layer>
    <layer class="LinePatternFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="angle" type="QString" value="135"/>
     <Option name="distance" type="QString" value="3"/>
     <Option name="distance_unit" type="QString" value="MM"/>
     <Option name="offset" type="QString" value="0"/>
     <Option name="offset_unit" type="QString" value="MM"/>
    </Option>
     <symbol name="@2@1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
       <Option name="line_color" type="QString" value="{{fails_line}}"/>
       <Option name="line_width" type="QString" value="0.14"/>
       <Option name="line_width_unit" type="QString" value="MM"/>
       <Option name="capstyle" type="QString" value="flat"/>
      </Option></layer>
     </symbol>
    </layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{unknown}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option>
     {{{part_thin_outline}}}</layer>
   </symbol>
  </symbols>
 </renderer-v2>
 {{{labeling}}}
 {{{fields}}}
 <mapTip>{{map_tip}}</mapTip>
</qgis>
