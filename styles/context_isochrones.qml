<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="1">
  <rules key="{terrein-root}">
   <rule key="{terrein-10}" symbol="0" filter="&quot;minutes&quot; &lt;= 10" label="{{legend_reach_10}}"/>
   <rule key="{terrein-20}" symbol="1" filter="&quot;minutes&quot; &gt; 10 and &quot;minutes&quot; &lt;= 20" label="{{legend_reach_20}}"/>
   <rule key="{terrein-30}" symbol="2" filter="&quot;minutes&quot; &gt; 20 and &quot;minutes&quot; &lt;= 30" label="{{legend_reach_30}}"/>
   <rule key="{terrein-45}" symbol="3" filter="&quot;minutes&quot; &gt; 30 and &quot;minutes&quot; &lt;= 45" label="{{legend_reach_45}}"/>
   <rule key="{terrein-60}" symbol="4" filter="&quot;minutes&quot; &gt; 45 and &quot;minutes&quot; &lt;= 60" label="{{legend_reach_60}}"/>
   <rule key="{terrein-more}" symbol="5" filter="&quot;minutes&quot; &gt; 60" label="{{legend_reach_more}}"/>
   <rule key="{terrein-m}" symbol="6" filter="&quot;minutes&quot; is null" label="{{legend_reach_m}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{reach_10}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{reach_20}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{reach_30}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{reach_45}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{reach_60}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="5" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{reach_more}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="6" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{reach_m}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{paper}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.2"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
  </symbols>
  <orderby>
   <orderByClause asc="0" nullsFirst="0">coalesce("minutes", "km")</orderByClause>
  </orderby>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="isochrones"/><Option name="terrein/draw" type="QString" value="10"/></Option></customproperties>
 {{{fields}}}
 <mapTip>&lt;div style="font-family: Arial, sans-serif; font-size: 12px; color: #232323"&gt;&lt;b&gt;[% "label" %]&lt;/b&gt;&lt;br&gt;≤ [% coalesce("minutes" || ' min', "km" || ' km') %]&lt;/div&gt;</mapTip>
</qgis>
