# The install tree: headers under the paths they are included by, the library, a CMake package and a pkg-config file.
if(NOT OURO_INSTALL)
  return()
endif()
include(CMakePackageConfigHelpers)

set(OURO_PACKAGE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/ouro")

install(TARGETS ouro ouro_testing EXPORT ouroTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY ${OURO_FLOORS} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/ouro"
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
foreach(package ouro ouro-testing)
  configure_file("cmake/${package}.pc.in" "${PROJECT_BINARY_DIR}/${package}.pc" @ONLY)
endforeach()
install(FILES "${PROJECT_BINARY_DIR}/ouro.pc" "${PROJECT_BINARY_DIR}/ouro-testing.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
