namespace terrein {}
