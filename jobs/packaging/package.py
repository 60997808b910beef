"""Spack recipe of throng: put it in a repository's packages/throng/ and `spack install throng`."""

from spack.package import *


class Throng(CMakePackage):
    """Statistical disclosure control at HPC speed: k-anonymous releases of microdata, with proof."""

    # No release yet: spack develop --path=/where/throng/is throng@0.1.0
    version("0.1.0")

    variant("mpi", default=True, description="Share work among MPI ranks")
    variant(
        "backend",
        default="TBB",
        values=("TBB", "OpenMP", "serial"),
        multi=False,
        description="Thread backend",
    )

    depends_on("cmake@3.25:", type="build")
    depends_on("pkgconfig", type="build")
    depends_on("cli11@2.1:", type="build")
    depends_on("tomlplusplus@3:", type="build")
    depends_on("nlohmann-json@3.11:", type="build")
    depends_on("fmt@9")
    depends_on("openssl@3:")
    depends_on("intel-oneapi-tbb", when="backend=TBB")
    depends_on("mpi@3:", when="+mpi")
    depends_on("hdf5@1.10: +mpi", when="+mpi")
    depends_on("hdf5@1.10: ~mpi", when="~mpi")

    conflicts("%gcc@:11", msg="C++20 as throng uses it needs GCC 12")

    def cmake_args(self):
        return [
            self.define_from_variant("THRONG_WITH_MPI", "mpi"),
            self.define_from_variant("THRONG_BACKEND", "backend"),
            self.define("THRONG_BUILD_TESTS", False),
            self.define("THRONG_BUILD_BENCH", False),
        ]
