# `cpack` makes two Debian packages: terrein (program, data, manual) and libterrein-dev (library). What they depend on is
# read from the program by dpkg-shlibdeps. Build them with the preset `package`, as scripts/make-deb does.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME terrein)
set(CPACK_PACKAGE_VENDOR terrein)
set(CPACK_PACKAGE_CONTACT "terrein developers <terrein@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "score land for business parks, brownfields and multimodal sites")
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME terrein)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS qgis)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
    "Reads parcels, zoning, flood, nature, soil, roads, rails, waterways and\nterminals, tests every rule, scores every parcel, and writes a GeoPackage\nthat opens styled in QGIS.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libterrein-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libgdal-dev, libgeos-dev, libproj-dev, libsqlite3-dev, zlib1g-dev, libssl-dev, libfmt-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS terrein)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
    "Static library of terrein, its headers and its CMake package:\nfind_package(terrein) and the target terrein::terrein.")

# Copyright and changes lie where Debian looks for them; manual pages and changes are packed.
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/DebianFiles.cmake)
set(CPACK_TERREIN_PACKAGING ${PROJECT_SOURCE_DIR}/packaging)
include(CPack)
