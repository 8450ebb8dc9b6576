"""Starting, moving and stopping clocks, in the transaction of the act they belong to."""
