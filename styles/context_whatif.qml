<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">
   <rule key="{terrein-much_better}" symbol="0" filter="&quot;change&quot; = 'much_better'" label="{{legend_much_better}}"/>
   <rule key="{terrein-better}" symbol="1" filter="&quot;change&quot; = 'better'" label="{{legend_better}}"/>
   <rule key="{terrein-slightly_better}" symbol="2" filter="&quot;change&quot; = 'slightly_better'" label="{{legend_slightly_better}}"/>
   <rule key="{terrein-slightly_worse}" symbol="3" filter="&quot;change&quot; = 'slightly_worse'" label="{{legend_slightly_worse}}"/>
   <rule key="{terrein-worse}" symbol="4" filter="&quot;change&quot; = 'worse'" label="{{legend_worse}}"/>
   <rule key="{terrein-much_worse}" symbol="5" filter="&quot;change&quot; = 'much_worse'" label="{{legend_much_worse}}"/>
   <rule key="{terrein-becomes_known}" symbol="6" filter="&quot;change&quot; = 'becomes_known'" label="{{legend_becomes_known}}"/>
   <rule key="{terrein-becomes_unknown}" symbol="7" filter="&quot;change&quot; = 'becomes_unknown'" label="{{legend_becomes_unknown}}"/>
   <rule key="{terrein-other}" symbol="8" filter="&quot;change&quot; = 'other'" label="{{legend_changes_otherwise}}"/>
  </rules>
  <symbols>
   <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{whatif_much_better}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{whatif_better}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{whatif_slightly_better}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{whatif_slightly_worse}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{whatif_worse}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="5" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{whatif_much_worse}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="6" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{whatif_known}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="7" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{unknown}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
   <symbol name="8" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">
     <Option name="color" type="QString" value="{{whatif_other}}"/>
     <Option name="style" type="QString" value="solid"/>
     <Option name="outline_color" type="QString" value="{{outline}}"/>
     <Option name="outline_style" type="QString" value="solid"/>
     <Option name="outline_width" type="QString" value="0.1"/>
     <Option name="outline_width_unit" type="QString" value="MM"/>
    </Option></layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <customproperties><Option type="Map"><Option name="terrein/theme" type="QString" value="whatif"/><Option name="terrein/draw" type="QString" value="84"/></Option></customproperties>
 {{{fields}}}
 <mapTip>&lt;div style="font-family: Arial, sans-serif; font-size: 12px; color: #232323"&gt;&lt;b&gt;[% coalesce("label", "whatif") || ' – ' || "candidate" %]&lt;/b&gt;&lt;br&gt;[% "criterion" || ': ' || coalesce(round("before", 2), "class_before", '–') || ' → ' || coalesce(round("after", 2), "class_after", '–') || ' ' || coalesce("unit", '') %]&lt;/div&gt;</mapTip>
</qgis>
