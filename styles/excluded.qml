<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" labelsEnabled="0">
 <renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">
  <rules key="{terrein-root}">{{{rules}}}
  </rules>
  <symbols>{{{symbols}}}
  </symbols>
 </renderer-v2>
 {{{fields}}}
 <mapTip>{{map_tip}}</mapTip>
</qgis>
