# The libraries of the distribution, each behind one target name on every distribution.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Boost 1.74 REQUIRED)

# yaml-cpp 0.7 calls its target yaml-cpp, later ones yaml-cpp::yaml-cpp. The static archive is taken
# where there is one: the dynamic loader is a large part of a start of a few milliseconds.
find_package(yaml-cpp REQUIRED)
find_library(YAML_CPP_ARCHIVE NAMES libyaml-cpp.a)
if(YAML_CPP_ARCHIVE AND NOT TARGET yaml-cpp::yaml-cpp)
  find_path(YAML_CPP_HEADERS yaml-cpp/yaml.h)
  add_library(yaml-cpp::yaml-cpp INTERFACE IMPORTED)
  target_link_libraries(yaml-cpp::yaml-cpp INTERFACE ${YAML_CPP_ARCHIVE})
  target_include_directories(yaml-cpp::yaml-cpp INTERFACE ${YAML_CPP_HEADERS})
elseif(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

# Debian's GeographicLib brings a find module of its own place and no target.
find_path(GEOGRAPHICLIB_HEADERS GeographicLib/AzimuthalEquidistant.hpp)
find_library(GEOGRAPHICLIB_ARCHIVE NAMES libGeographicLib.a libGeographiclib.a libGeographicLib libGeographic)
if(NOT GEOGRAPHICLIB_HEADERS OR NOT GEOGRAPHICLIB_ARCHIVE)
  message(FATAL_ERROR "GeographicLib not found: apt-get install libgeographiclib-dev")
endif()
if(NOT TARGET GeographicLib::GeographicLib)
  add_library(GeographicLib::GeographicLib INTERFACE IMPORTED)
  target_link_libraries(GeographicLib::GeographicLib INTERFACE ${GEOGRAPHICLIB_ARCHIVE})
  target_include_directories(GeographicLib::GeographicLib INTERFACE ${GEOGRAPHICLIB_HEADERS})
endif()

# SQLite's archive where there is one, for the same start; it needs what the C library keeps apart.
find_path(SQLITE_HEADERS sqlite3.h)
find_library(SQLITE_ARCHIVE NAMES libsqlite3.a sqlite3)
if(NOT SQLITE_HEADERS OR NOT SQLITE_ARCHIVE)
  message(FATAL_ERROR "SQLite not found: apt-get install libsqlite3-dev")
endif()
if(NOT TARGET SQLite::Static)
  add_library(SQLite::Static INTERFACE IMPORTED)
  target_link_libraries(SQLite::Static INTERFACE ${SQLITE_ARCHIVE} ${CMAKE_DL_LIBS} Threads::Threads m)
  target_include_directories(SQLite::Static INTERFACE ${SQLITE_HEADERS})
endif()
