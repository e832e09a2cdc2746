# Read by cpack for each kind of package: a .deb goes to /usr, an archive to a folder of its own.
if(CPACK_GENERATOR STREQUAL "TGZ")
  set(CPACK_PACKAGING_INSTALL_PREFIX "/")
elseif(CPACK_GENERATOR STREQUAL "DEB")
  # What has no component of its own, and `debian` (install.cmake).
  list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 build)
  set(CPACK_INSTALL_CMAKE_PROJECTS "${build};raftlab;Unspecified;/;${build};raftlab;debian;/")
endif()

# Made again, a package is the same to the byte: its time is that of the latest entry of the changelog.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/../assets/desktop/changelog" signed REGEX "^ -- " LIMIT_COUNT 1)
  string(REGEX REPLACE ".*>  " "" moment "${signed}")
  execute_process(COMMAND date -u -d "${moment}" +%s OUTPUT_VARIABLE seconds OUTPUT_STRIP_TRAILING_WHITESPACE
                  COMMAND_ERROR_IS_FATAL ANY)
  set(ENV{SOURCE_DATE_EPOCH} "${seconds}")
endif()
