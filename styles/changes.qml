<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="1" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-much_better}" symbol="0" filter="&quot;model&quot; = {{model}} AND &quot;score_change&quot; &gt;= 10" label="{{legend_change_much_better}}"/>
   <rule key="{terrein-better}" symbol="1" filter="&quot;model&quot; = {{model}} AND &quot;score_change&quot; &gt;= 2 AND &quot;score_change&quot; &lt; 10" label="{{legend_change_better}}"/>
   <rule key="{terrein-slightly_better}" symbol="2" filter="&quot;model&quot; = {{model}} AND &quot;score_change&quot; &gt; 0.000000001 AND &quot;score_change&quot; &lt; 2" label="{{legend_change_slightly_better}}"/>
   <rule key="{terrein-slightly_worse}" symbol="3" filter="&quot;model&quot; = {{model}} AND &quot;score_change&quot; &lt; -0.000000001 AND &quot;score_change&quot; &gt; -2" label="{{legend_change_slightly_worse}}"/>
   <rule key="{terrein-worse}" symbol="4" filter="&quot;model&quot; = {{model}} AND &quot;score_change&quot; &lt;= -2 AND &quot;score_change&quot; &gt; -10" label="{{legend_change_worse}}"/>
   <rule key="{terrein-much_worse}" symbol="5" filter="&quot;model&quot; = {{model}} AND &quot;score_change&quot; &lt;= -10" label="{{legend_change_much_worse}}"/>
   <rule key="{terrein-new}" symbol="6" filter="&quot;model&quot; = {{model}} AND &quot;presence&quot; = 'new'" label="{{legend_change_new}}"/>
   <rule key="{terrein-gone}" symbol="7" filter="&quot;model&quot; = {{model}} AND &quot;presence&quot; = 'gone'" label="{{legend_change_gone}}"/>
   <rule key="{terrein-known}" symbol="8" filter="&quot;model&quot; = {{model}} AND &quot;presence&quot; IS NULL AND &quot;score_before&quot; IS NULL AND &quot;score_after&quot; IS NOT NULL" label="{{legend_change_known}}"/>
   <rule key="{terrein-unknown}" symbol="9" filter="&quot;model&quot; = {{model}} AND &quot;presence&quot; IS NULL AND &quot;score_after&quot; IS NULL AND &quot;score_before&quot; IS NOT NULL" label="{{legend_change_unknown}}"/>
   <rule key="{terrein-other}" symbol="10" filter="&quot;model&quot; = {{model}} AND &quot;presence&quot; IS NULL AND coalesce(abs(&quot;score_change&quot;) &lt;= 0.000000001, &quot;score_before&quot; IS NULL AND &quot;score_after&quot; IS NULL)" label="{{legend_change_other}}"/>
   <rule key="{terrein-excluded}" symbol="12" filter="&quot;model&quot; = {{model}} AND &quot;presence&quot; IS NULL AND &quot;outcome_before&quot; &lt;&gt; &quot;outcome_after&quot; AND &quot;outcome_after&quot; = 'voldoet niet'" label="{{legend_change_excluded}}"/>
   <rule key="{terrein-freed}" symbol="13" filter="&quot;model&quot; = {{model}} AND &quot;presence&quot; IS NULL AND &quot;outcome_before&quot; &lt;&gt; &quot;outcome_after&quot; AND &quot;outcome_before&quot; = 'voldoet niet'" label="{{legend_change_freed}}"/>
   <rule key="{terrein-outcome}" symbol="11" filter="&quot;model&quot; = {{model}} AND &quot;presence&quot; IS NULL AND &quot;outcome_before&quot; &lt;&gt; &quot;outcome_after&quot; AND &quot;outcome_before&quot; &lt;&gt; 'voldoet niet' AND &quot;outcome_after&quot; &lt;&gt; 'voldoet niet'" label="{{legend_change_outcome}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{change_much_better}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{change_better}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{change_slightly_better}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{change_slightly_worse}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{change_worse}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="5" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{change_much_worse}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="6" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{change_new}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="7" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{change_gone}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="8" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{whatif_known}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="9" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{unknown}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="10" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{change_other}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="11" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="1"><Option type="Map">
     <Option name="color" type="QString" value="0,0,0,0"/>
     <Option name="style" type="QString" value="no"/>
     <Option name="outline_color" type="QString" value="{{ink}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.5"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="12" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="1"><Option type="Map">
     <Option name="color" type="QString" value="{{change_hatch}}"/>
     <Option name="style" type="QString" value="b_diagonal"/>
     <Option name="outline_color" type="QString" value="{{change_hatch}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="13" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="1"><Option type="Map">
     <Option name="color" type="QString" value="{{change_hatch}}"/>
     <Option name="style" type="QString" value="cross"/>
     <Option name="outline_color" type="QString" value="{{change_hatch}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 {{{fields}}}
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="scenarios"/></Option></customproperties>
 <mapTip>&lt;div style="font-family: Arial, sans-serif; font-size: 12px; color: #232323"&gt;&lt;b&gt;[% "id" || ' – ' || "label" %]&lt;/b&gt;&lt;br&gt;[% coalesce(round("score_before", 1), '–') || ' → ' || coalesce(round("score_after", 1), '–') || ' · ' || {{rank_prefix}} || coalesce("rank_before", '–') || ' → ' || coalesce("rank_after", '–') %]&lt;br&gt;[% coalesce("main_cause", '') %]&lt;br&gt;[% coalesce("rules_changed", '') %]&lt;/div&gt;</mapTip>
</qgis>
