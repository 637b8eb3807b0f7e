#!/bin/sh
# A share of a search, as an element of an array of Slurm; then what trains with what was found:
#   id=$(sbatch --parsable slurm.sh config.yaml /shared/search)
#   sbatch --dependency=afterany:$id slurm-join.sh config.yaml /shared/search
#SBATCH --job-name=churn-search
#SBATCH --array=1-16
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=04:00:00
#SBATCH --requeue
set -eu
exec srun churn search --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --threads "$SLURM_CPUS_PER_TASK" --config "$1" --folder "$2"
