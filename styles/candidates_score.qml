<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-score-5}" symbol="0" filter="{{shown}} AND {{score}} &gt;= 80" label="{{legend_score_5}}"/>
   <rule key="{terrein-score-4}" symbol="1" filter="{{shown}} AND {{score}} &gt;= 60 AND {{score}} &lt; 80" label="{{legend_score_4}}"/>
   <rule key="{terrein-score-3}" symbol="2" filter="{{shown}} AND {{score}} &gt;= 40 AND {{score}} &lt; 60" label="{{legend_score_3}}"/>
   <rule key="{terrein-score-2}" symbol="3" filter="{{shown}} AND {{score}} &gt;= 20 AND {{score}} &lt; 40" label="{{legend_score_2}}"/>
   <rule key="{terrein-score-1}" symbol="4" filter="{{shown}} AND {{score}} &lt; 20" label="{{legend_score_1}}"/>
   <rule key="{terrein-first}" symbol="5" filter="{{shown}} AND {{score}} IS NOT NULL AND {{rank}} IS NULL" label="{{legend_first_investigate}}"/>
   <rule key="{terrein-unknown}" symbol="6" filter="{{shown}} AND {{score}} IS NULL" label="{{legend_unknown}}"/>
   <rule key="{terrein-fails}" symbol="7" filter="{{fails}}" label="{{legend_fails}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{score_5}}"/>
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
     <Option name="color" type="QString" value="{{score_4}}"/>
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
     <Option name="color" type="QString" value="{{score_3}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option>
     {{{part_thin_outline}}}</layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{score_2}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option>
     {{{part_thin_outline}}}</layer>
   </symbol>
   <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{score_1}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option>
     {{{part_thin_outline}}}</layer>
   </symbol>
   <symbol name="5" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="LinePatternFill" enabled="1" locked="0" pass="1"><Option type="Map">
     <Option name="angle" type="QString" value="45"/>
     <Option name="distance" type="QString" value="2.2"/>
     <Option name="distance_unit" type="QString" value="MM"/>
     <Option name="offset" type="QString" value="0"/>
     <Option name="offset_unit" type="QString" value="MM"/>
    </Option>
     <symbol name="@5@0" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
       <Option name="line_color" type="QString" value="{{hatch_light}}"/>
       <Option name="line_width" type="QString" value="0.62"/>
       <Option name="line_width_unit" type="QString" value="MM"/>
       <Option name="capstyle" type="QString" value="flat"/>
      </Option></layer>
      <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
       <Option name="line_color" type="QString" value="{{hatch_dark}}"/>
       <Option name="line_width" type="QString" value="0.16"/>
       <Option name="line_width_unit" type="QString" value="MM"/>
       <Option name="capstyle" type="QString" value="flat"/>
      </Option></layer>
     </symbol>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="1"><Option type="Map">
     <Option name="line_color" type="QString" value="{{hatch_dark}}"/>
     <Option name="line_width" type="QString" value="0.36"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="bevel"/>
    </Option></layer>
   </symbol>
   <symbol name="6" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
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
   <symbol name="7" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
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
     <symbol name="@7@1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
      <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
       <Option name="line_color" type="QString" value="{{fails_line}}"/>
       <Option name="line_width" type="QString" value="0.14"/>
       <Option name="line_width_unit" type="QString" value="MM"/>
       <Option name="capstyle" type="QString" value="flat"/>
      </Option></layer>
     </symbol>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 {{{labeling}}}
 {{{fields}}}
 <mapTip>{{map_tip}}</mapTip>
</qgis>
