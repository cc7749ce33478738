// One after the other: a deployment is eight processes, and on two cores several of them side by side only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
