# The queue of peers.py by simmer. Written from its documentation, not run here.
# Rscript peers.R SEED REPLICATIONS ARRIVALS_A_WEEK PLACES PATIENCE_WEEKS SHORTEST LONGEST WEEKS
# Prints: processor seconds, families that came, families that gave up, weeks waited by all others.

suppressPackageStartupMessages(library(simmer))
given <- as.numeric(commandArgs(trailingOnly = TRUE))
set.seed(given[1])

replication <- function(number) {
  family <- trajectory() |>
    renege_in(function() rexp(1, 1 / given[5])) |>
    seize("place") |>
    renege_abort() |>
    timeout(function() runif(1, given[6], given[7])) |>
    release("place")
  service <- simmer() |>
    add_resource("place", given[4]) |>
    add_generator("family", family, function() rexp(1, given[3])) |>
    run(until = given[8])
  seen <- get_mon_arrivals(service, ongoing = TRUE)
  ended <- !is.na(seen$end_time)
  served <- ended & seen$finished
  gave_up <- ended & !seen$finished
  waited <- (seen$end_time - seen$start_time - seen$activity_time)[served]
  c(nrow(seen), sum(gave_up), sum(waited))
}

seconds <- system.time(found <- sapply(seq_len(given[2]), replication))
cat(seconds[["user.self"]] + seconds[["sys.self"]], rowSums(found), "\n")
