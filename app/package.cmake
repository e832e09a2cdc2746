# Read by cpack for each kind of package: a .deb goes to /usr, an archive to a folder of its own.
if(CPACK_GENERATOR STREQUAL "TGZ")
  set(CPACK_PACKAGING_INSTALL_PREFIX "/")
endif()
