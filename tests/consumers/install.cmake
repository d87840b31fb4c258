# Installs a build and moves the result, since an installed tree must work wherever it lies:
# cmake -DBUILD=... -DCONFIG=Release -DPREFIX=... -P install.cmake
cmake_policy(VERSION 3.25)
file(REMOVE_RECURSE "${PREFIX}" "${PREFIX}.installed")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --config "${CONFIG}" --prefix "${PREFIX}.installed"
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${PREFIX}.installed" "${PREFIX}")

file(GLOB_RECURSE private_headers "${PREFIX}/include/ouro/*/detail/*")
if(private_headers)
  message(FATAL_ERROR "Private headers were installed: ${private_headers}")
endif()
file(GLOB_RECURSE installed "${PREFIX}/*.h")
list(LENGTH installed count)
if(count EQUAL 0)
  message(FATAL_ERROR "No header was installed")
endif()
message("${count} headers installed")
