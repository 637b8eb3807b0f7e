# What src/scale-ours.ts measures, with glmnet of R: the arguments are the task and the file. It has one thread.
suppressPackageStartupMessages({ library(glmnet); library(jsonlite) })
arguments <- commandArgs(TRUE)
n <- file.size(arguments[2]) / 8
values <- matrix(readBin(arguments[2], "double", n), ncol = 29)
learned <- seq_len(floor(0.8 * nrow(values)))
x <- values[learned, -29]
y <- values[learned, 29]
isL1 <- endsWith(arguments[1], "l1")
# The same penalty as a C of 100 a row, and of 1.
lambda <- if (isL1) 0.01 else 1 / length(learned)
fit <- function() glmnet(x, y, family = "binomial", alpha = as.numeric(isL1), lambda = lambda, standardize = FALSE)
seconds <- c()
while (length(seconds) < 11 && sum(seconds) < 3) seconds <- c(seconds, system.time(model <- fit())[["elapsed"]])
test <- values[-learned, -29]
isOne <- values[-learned, 29] == 1
ranks <- rank(predict(model, test)[, 1])
ones <- as.numeric(sum(isOne))
auc <- (sum(ranks[isOne]) - ones * (ones + 1) / 2) / (ones * sum(!isOne))
cat(toJSON(list(fit = median(if (length(seconds) > 1) seconds[-1] else seconds), scoring = setNames(list(), character()), auc = auc), auto_unbox = TRUE, digits = NA))
