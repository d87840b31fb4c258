# The install tree: headers under the paths they are included by, the library, a CMake package and a pkg-config file.
if(NOT OURO_INSTALL)
  return()
endif()
include(CMakePackageConfigHelpers)

set(OURO_PACKAGE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/ouro")

set(OURO_INSTALLED ouro ouro_testing)
set(OURO_INSTALLED_FOLDERS ${OURO_FLOORS})
set(OURO_PACKAGES ouro ouro-testing)
if(TARGET ouro_script)
  list(APPEND OURO_INSTALLED ouro_script ouro_script_syntax)
  list(APPEND OURO_INSTALLED_FOLDERS script)
  list(APPEND OURO_PACKAGES ouro-script)
endif()
if(TARGET ouro_program)
  file(RELATIVE_PATH OURO_LIBRARIES "/prefix/${CMAKE_INSTALL_BINDIR}" "/prefix/${CMAKE_INSTALL_LIBDIR}")
  set_target_properties(ouro_program PROPERTIES INSTALL_RPATH "$ORIGIN/${OURO_LIBRARIES}")
  install(TARGETS ouro_program RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
  install(FILES "${PROJECT_SOURCE_DIR}/script/program/ouro.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
endif()

install(TARGETS ${OURO_INSTALLED} EXPORT ouroTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY ${OURO_INSTALLED_FOLDERS} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/ouro"
  FILES_MATCHING PATTERN "*.h" PATTERN detail EXCLUDE)
list(TRANSFORM OURO_FRONT_HEADERS PREPEND "${PROJECT_SOURCE_DIR}/include/ouro/" OUTPUT_VARIABLE front_headers)
install(FILES ${front_headers} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/ouro")

install(EXPORT ouroTargets NAMESPACE ouro:: DESTINATION "${OURO_PACKAGE_DIR}")
configure_package_config_file(cmake/ouroConfig.cmake.in "${PROJECT_BINARY_DIR}/ouroConfig.cmake"
  INSTALL_DESTINATION "${OURO_PACKAGE_DIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/ouroConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/ouroConfig.cmake" "${PROJECT_BINARY_DIR}/ouroConfigVersion.cmake"
  DESTINATION "${OURO_PACKAGE_DIR}")

# pkg-config finds the prefix from where the file lies, so an installed tree may be moved.
file(RELATIVE_PATH OURO_PC_PREFIX "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
string(REGEX REPLACE "/$" "" OURO_PC_PREFIX "${OURO_PC_PREFIX}")
list(TRANSFORM OURO_DEFINITIONS PREPEND -D OUTPUT_VARIABLE OURO_PC_DEFINITIONS)
list(JOIN OURO_PC_DEFINITIONS " " OURO_PC_DEFINITIONS)
foreach(package IN LISTS OURO_PACKAGES)
  configure_file("cmake/${package}.pc.in" "${PROJECT_BINARY_DIR}/${package}.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/${package}.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endforeach()
