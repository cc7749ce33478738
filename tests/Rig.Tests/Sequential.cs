// One after the other: brokers that start side by side on two cores say nothing about how long one takes, and the test that
// counts the processes left behind must not see those of its neighbours.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
