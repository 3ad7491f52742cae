<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-everyone}" symbol="0" filter="&quot;acceptance&quot; = 'everyone'" label="{{legend_accept_everyone}}"/>
   <rule key="{terrein-most}" symbol="1" filter="&quot;acceptance&quot; = 'not_everyone' AND &quot;top_k_n&quot; * 2 &gt; &quot;stakeholders_ranked_n&quot;" label="{{legend_accept_most}}"/>
   <rule key="{terrein-few}" symbol="2" filter="&quot;acceptance&quot; = 'not_everyone' AND &quot;top_k_n&quot; * 2 &lt;= &quot;stakeholders_ranked_n&quot;" label="{{legend_accept_few}}"/>
   <rule key="{terrein-unknown}" symbol="3" filter="&quot;acceptance&quot; = 'unknown'" label="{{legend_accept_unknown}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{accept_everyone}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{accept_most}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{accept_few}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{unknown}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="stakeholders"/><Option name="terrein/draw" type="QString" value="83"/></Option></customproperties>
 {{{fields}}}
 <mapTip>&lt;div style="font-family: Arial, sans-serif; font-size: 12px; color: #232323"&gt;&lt;b&gt;[% "id" %]&lt;/b&gt; ([% "model" %])&lt;br&gt;[% "top_k_n" || ' / ' || "stakeholders_ranked_n" || ' · # ' || "best_rank" || '–' || "worst_rank" %]&lt;/div&gt;</mapTip>
</qgis>
