-- Lmod module of throng: MODULEPATH/throng/0.1.0.lua, for an installation in `root`.
local root = "/opt/throng/0.1.0"

help([[
throng: k-anonymous releases of microdata, with proof.
`throng VERB --help` tells what each verb does; `throng slurm-script JOB.toml | sbatch` runs a job.
]])
whatis("Name: throng")
whatis("Version: 0.1.0")
whatis("Category: statistical disclosure control")
whatis("Description: k-anonymous releases of microdata, with proof")

depends_on("openmpi", "hdf5")
prepend_path("PATH", pathJoin(root, "bin"))
prepend_path("CPATH", pathJoin(root, "include"))
prepend_path("LIBRARY_PATH", pathJoin(root, "lib"))
-- OMPIO reports a full disk where ROMIO hangs; threads of a rank share its processors.
setenv("OMPI_MCA_io", "ompio")
setenv("OMPI_MCA_hwloc_base_binding_policy", "none")
