include(GNUInstallDirs)
install(TARGETS terrein_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY datasets/defaults DESTINATION ${CMAKE_INSTALL_DATADIR}/terrein/datasets)
install(DIRECTORY styles/ DESTINATION ${CMAKE_INSTALL_DATADIR}/terrein/styles)
