#!/bin/sh
# Finishes what the shares of slurm.sh have left, and trains: sbatch slurm-join.sh config.yaml /shared/search
#SBATCH --job-name=churn-join
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=04:00:00
set -eu
exec srun churn search --join --threads "$SLURM_CPUS_PER_TASK" --config "$1" --folder "$2"
