# Builds a program as a makefile would, with what pkg-config says of a package, and runs it:
# cmake -DPREFIX=... -DCXX=... -DCXX_FLAGS=... -DPACKAGE=ouro -DSOURCE=main.cpp -DPROGRAM=... -P build_and_run.cmake
cmake_policy(VERSION 3.25)
find_program(PKG_CONFIG NAMES pkg-config pkgconf REQUIRED)
file(GLOB_RECURSE package "${PREFIX}/*/${PACKAGE}.pc")
cmake_path(GET package PARENT_PATH package_path)
set(ENV{PKG_CONFIG_PATH} "${package_path}")
execute_process(COMMAND "${PKG_CONFIG}" --cflags --libs "${PACKAGE}" OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY
  OUTPUT_STRIP_TRAILING_WHITESPACE)
execute_process(COMMAND "${PKG_CONFIG}" --variable=libdir "${PACKAGE}" OUTPUT_VARIABLE libdir COMMAND_ERROR_IS_FATAL ANY
  OUTPUT_STRIP_TRAILING_WHITESPACE)
separate_arguments(flags UNIX_COMMAND "${flags}")
separate_arguments(CXX_FLAGS UNIX_COMMAND "${CXX_FLAGS}")
cmake_path(GET PROGRAM PARENT_PATH directory)
file(MAKE_DIRECTORY "${directory}")
execute_process(COMMAND "${CXX}" -std=c++20 ${CXX_FLAGS} "${SOURCE}" -o "${PROGRAM}" ${flags} "-Wl,-rpath,${libdir}"
  COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${PROGRAM}" COMMAND_ERROR_IS_FATAL ANY)
