<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-chain-road}" symbol="0" filter="coalesce(&quot;best_at&quot;, '') LIKE '%cheapest%' AND &quot;chain_kind&quot; = 'road'" label="{{legend_chain_road}}"/>
   <rule key="{terrein-chain-barge}" symbol="1" filter="coalesce(&quot;best_at&quot;, '') LIKE '%cheapest%' AND &quot;chain_kind&quot; = 'barge'" label="{{legend_chain_barge}}"/>
   <rule key="{terrein-chain-rail}" symbol="2" filter="coalesce(&quot;best_at&quot;, '') LIKE '%cheapest%' AND &quot;chain_kind&quot; = 'rail'" label="{{legend_chain_rail}}"/>
   <rule key="{terrein-chain-own_quay}" symbol="3" filter="coalesce(&quot;best_at&quot;, '') LIKE '%cheapest%' AND &quot;chain_kind&quot; = 'own_quay'" label="{{legend_chain_own_quay}}"/>
   <rule key="{terrein-chain-own_siding}" symbol="4" filter="coalesce(&quot;best_at&quot;, '') LIKE '%cheapest%' AND &quot;chain_kind&quot; = 'own_siding'" label="{{legend_chain_own_siding}}"/>
   <rule key="{terrein-chain-other}" symbol="5" filter="ELSE" scalemaxdenom="100000" label="{{legend_chain_other}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{chain_road}}"/>
     <Option name="line_width" type="QString" value="0.7"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{chain_barge}}"/>
     <Option name="line_width" type="QString" value="0.9"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{chain_rail}}"/>
     <Option name="line_width" type="QString" value="0.9"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="3" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{chain_own_quay}}"/>
     <Option name="line_width" type="QString" value="0.9"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="4" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{chain_own_siding}}"/>
     <Option name="line_width" type="QString" value="0.9"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="solid"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
   <symbol name="5" type="line" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="line_color" type="QString" value="{{chain_other}}"/>
     <Option name="line_width" type="QString" value="0.3"/>
     <Option name="line_width_unit" type="QString" value="MM"/>
     <Option name="line_style" type="QString" value="dot"/>
     <Option name="capstyle" type="QString" value="round"/>
     <Option name="joinstyle" type="QString" value="round"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="chains"/><Option name="terrein/draw" type="QString" value="84"/></Option></customproperties>
 {{{fields}}}
 <mapTip>&lt;div style="font-family: Arial, sans-serif; font-size: 12px; color: #232323"&gt;&lt;b&gt;[% "candidate" || ' → ' || "destination" %]&lt;/b&gt;&lt;br&gt;[% round("cost_euro_t", 1) || ' (' || round("cost_low", 1) || '–' || round("cost_high", 1) || ') €/t, ' || round("time_h", 1) || ' h, ' || round("co2_kg_t", 1) || ' kg CO₂e/t' %]&lt;br&gt;[% coalesce("terminal", "own_place", '') || coalesce(' · CEMT ' || "vessel", '') %]&lt;/div&gt;</mapTip>
</qgis>
