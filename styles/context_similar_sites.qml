<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-most}" symbol="0" filter="&quot;alike_pct&quot; &gt;= 95" label="{{legend_similar_most}}"/>
   <rule key="{terrein-more}" symbol="1" filter="&quot;alike_pct&quot; &gt;= 90 AND &quot;alike_pct&quot; &lt; 95" label="{{legend_similar_more}}"/>
   <rule key="{terrein-less}" symbol="2" filter="&quot;alike_pct&quot; &lt; 90" label="{{legend_similar_less}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{similar_most}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{similar_more}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{similar_less}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 {{{fields}}}
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="similar"/></Option></customproperties>
 <mapTip>{{map_tip}}</mapTip>
</qgis>
