# What a person installs: `cmake --install build/release`, and `cpack` in build/release for a .deb and a .tar.gz.
# The manual page and the completions are printed by the program itself.
include(GNUInstallDirs)
set(RAFTLAB_ZSH_DIR "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" CACHE STRING "Where the completion for zsh is installed")
set(RAFTLAB_NATIVE "" CACHE FILEPATH "A raftlab that runs here, of the same sources; for cross builds")
find_program(RAFTLAB_GZIP gzip)
mark_as_advanced(RAFTLAB_GZIP)

# app/asset_store.cpp finds them there, wherever the program has been moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_DATADIR BASE_DIRECTORY "${CMAKE_INSTALL_FULL_BINDIR}" OUTPUT_VARIABLE data_from_program)
if(NOT data_from_program STREQUAL "../share")
  message(FATAL_ERROR "raftlab looks for its assets in ../share/raftlab, seen from its program. With CMAKE_INSTALL_BINDIR "
                      "and CMAKE_INSTALL_DATADIR as they are they would be in ${data_from_program}/raftlab.")
endif()

set(printer raftlab)
if(CMAKE_CROSSCOMPILING AND RAFTLAB_NATIVE)
  set(printer "${RAFTLAB_NATIVE}")
elseif(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(WARNING "The program that is built prints its manual page. If it does not run here, set RAFTLAB_NATIVE to one that does.")
endif()

set(printed "${PROJECT_BINARY_DIR}/printed")
file(MAKE_DIRECTORY "${printed}")
set(printed_files)
foreach(topic man bash zsh fish)
  add_custom_command(OUTPUT "${printed}/raftlab.${topic}"
    COMMAND "${printer}" help ${topic} > "${printed}/raftlab.${topic}"
    DEPENDS "${printer}" VERBATIM)
  list(APPEND printed_files "${printed}/raftlab.${topic}")
endforeach()
# Compressed without a time of day, so that a package is the same each time.
if(RAFTLAB_GZIP)
  add_custom_command(OUTPUT "${printed}/raftlab.1.gz"
    COMMAND "${RAFTLAB_GZIP}" -9nc "${printed}/raftlab.man" > "${printed}/raftlab.1.gz"
    DEPENDS "${printed}/raftlab.man" VERBATIM)
  add_custom_command(OUTPUT "${printed}/changelog.gz"
    COMMAND "${RAFTLAB_GZIP}" -9nc "${PROJECT_SOURCE_DIR}/assets/desktop/changelog" > "${printed}/changelog.gz"
    DEPENDS "${PROJECT_SOURCE_DIR}/assets/desktop/changelog" VERBATIM)
  list(APPEND printed_files "${printed}/raftlab.1.gz" "${printed}/changelog.gz")
  install(FILES "${printed}/raftlab.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
else()
  install(FILES "${printed}/raftlab.man" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" RENAME raftlab.1)
endif()
add_custom_target(raftlab_printed ALL DEPENDS ${printed_files})

set(desktop "${PROJECT_SOURCE_DIR}/assets/desktop")
set(icons "${PROJECT_SOURCE_DIR}/assets/icons")
set(data "${CMAKE_INSTALL_DATADIR}")
install(TARGETS raftlab RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/assets/text" "${PROJECT_SOURCE_DIR}/assets/walkthroughs"
        DESTINATION "${data}/raftlab/assets" PATTERN README.md EXCLUDE)
install(FILES "${desktop}/raftlab.desktop" DESTINATION "${data}/applications")
install(FILES "${desktop}/raftlab.xml" DESTINATION "${data}/mime/packages")
install(FILES "${desktop}/org.raftlab.raftlab.metainfo.xml" DESTINATION "${data}/metainfo")
foreach(kind apps mimetypes)
  set(name raftlab)
  if(kind STREQUAL mimetypes)
    set(name raftlab-walkthrough)
  endif()
  install(FILES "${icons}/${name}.svg" DESTINATION "${data}/icons/hicolor/scalable/${kind}")
  foreach(size 16 24 32 48 64 128 256)
    install(FILES "${icons}/${name}-${size}.png" DESTINATION "${data}/icons/hicolor/${size}x${size}/${kind}" RENAME ${name}.png)
  endforeach()
endforeach()
install(FILES "${printed}/raftlab.bash" DESTINATION "${data}/bash-completion/completions" RENAME raftlab)
install(FILES "${printed}/raftlab.fish" DESTINATION "${data}/fish/vendor_completions.d")

# Debian's policy has forms and places of its own for these; package.cmake takes `debian` instead of `elsewhere` for a .deb.
# The libraries that are compiled in want to be named everywhere.
install(FILES "${printed}/raftlab.zsh" DESTINATION "${RAFTLAB_ZSH_DIR}" RENAME _raftlab COMPONENT elsewhere)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT elsewhere)
install(FILES "${desktop}/copyright" DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME third-party COMPONENT elsewhere)
install(FILES "${printed}/raftlab.zsh" DESTINATION "${data}/zsh/vendor-completions" RENAME _raftlab
        COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES "${desktop}/copyright" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT debian EXCLUDE_FROM_ALL)
if(RAFTLAB_GZIP)
  install(FILES "${printed}/changelog.gz" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT debian EXCLUDE_FROM_ALL)
endif()

# --- packages ---------------------------------------------------------------------------------------------------
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME raftlab)
set(CPACK_PACKAGE_VENDOR "The Raftlab authors")
set(CPACK_PACKAGE_CONTACT "The Raftlab authors <raftlab@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "watch the Raft consensus algorithm, break it, and replay it")
set(CPACK_PACKAGE_DESCRIPTION
"Raftlab is for people who teach or learn distributed systems. A real Raft
core runs in a stepped, deterministic simulation: nodes, terms, votes, logs,
disks and every message in flight are on the stage, and everything can be
stopped, stepped, taken back and done differently with the mouse.

Each event says why it happened, with the section of the paper. What is shown
can be written down as a walkthrough: a text file of a few kilobytes that plays
the same on every machine.")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Found at run time, not linked: OpenGL and the fonts. Without the recommended ones there are no films, no Chinese,
# and no drawing without a graphics card.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libgl1, fonts-inter, fonts-jetbrains-mono, fonts-font-awesome")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ffmpeg, fonts-noto-cjk, libgl1-mesa-dri")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PROJECT_CONFIG_FILE "${PROJECT_SOURCE_DIR}/app/package.cmake")
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/app/package_time.cmake")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
