<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" readOnly="0">
 <fieldConfiguration>{{{list}}}
  <field name="date"><editWidget type="DateTime"><config><Option type="Map">
   <Option name="allow_null" type="bool" value="true"/>
   <Option name="calendar_popup" type="bool" value="true"/>
   <Option name="display_format" type="QString" value="dd/MM/yyyy"/>
   <Option name="field_format" type="QString" value="yyyy-MM-dd"/>
   <Option name="field_iso_format" type="bool" value="false"/>
  </Option></config></editWidget></field>{{{rest}}}
 <editorlayout>generatedlayout</editorlayout>
</qgis>
