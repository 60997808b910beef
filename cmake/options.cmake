# Compiler options shared by every target, gathered in the target throng_options.
add_library(throng_options INTERFACE)
target_compile_definitions(throng_options INTERFACE THRONG_CHECK_LEVEL=${THRONG_CHECK_LEVEL}
                           THRONG_VERSION="${PROJECT_VERSION}")
target_compile_options(throng_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor
                       -Wconversion -Wsign-conversion -Woverloaded-virtual)
# g++ 12 sees overlapping copies in std::string's operator+ where there are none (GCC bug 105651).
target_compile_options(throng_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# Where files are compiled together, clang does not look for constants that nothing uses.
target_compile_options(throng_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wunused-const-variable=1>)
if(THRONG_WERROR)
  target_compile_options(throng_options INTERFACE -Werror)
endif()
if(THRONG_NATIVE)
  target_compile_options(throng_options INTERFACE -march=native)
endif()
# Contracted multiply-adds would make a loss depend on the machine.
target_compile_options(throng_options INTERFACE -ffp-contract=off)
if(THRONG_SANITIZE)
  target_compile_options(throng_options INTERFACE -fsanitize=${THRONG_SANITIZE}
                         -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(throng_options INTERFACE -fsanitize=${THRONG_SANITIZE})
endif()
