<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-p5}" symbol="0" filter="{{in_top}} &gt;= 0.95" label="{{legend_in_top_5}}"/>
   <rule key="{terrein-p4}" symbol="1" filter="{{in_top}} &gt;= 0.5 AND {{in_top}} &lt; 0.95" label="{{legend_in_top_4}}"/>
   <rule key="{terrein-p3}" symbol="2" filter="{{in_top}} &gt;= 0.05 AND {{in_top}} &lt; 0.5" label="{{legend_in_top_3}}"/>
   <rule key="{terrein-p2}" symbol="3" filter="{{in_top}} &gt; 0 AND {{in_top}} &lt; 0.05" label="{{legend_in_top_2}}"/>
   <rule key="{terrein-p1}" symbol="4" filter="{{in_top}} = 0" label="{{legend_in_top_1}}"/>
   <rule key="{terrein-unknown}" symbol="5" filter="ELSE" label="{{legend_no_rank}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{in_top_5}}"/>
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
     <Option name="color" type="QString" value="{{in_top_4}}"/>
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
     <Option name="color" type="QString" value="{{in_top_3}}"/>
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
     <Option name="color" type="QString" value="{{in_top_2}}"/>
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
     <Option name="color" type="QString" value="{{in_top_1}}"/>
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
