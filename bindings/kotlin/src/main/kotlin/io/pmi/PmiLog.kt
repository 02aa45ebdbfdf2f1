package io.pmi

/** What the core says of itself, for all clients of this process. Nothing secret and nothing about a person is in it. */
public object PmiLog {
    /**
     * From now on gives each line of that level and worse to [sink]. It is called by one thread of the library's own; it may throw, block
     * and call anything.
     */
    public fun to(level: LogLevel = LogLevel.INFO, sink: (LogLine) -> Unit) {
        setLogSink(
            object : LogSink {
                override fun log(line: LogLine) = sink(line)
            },
            level,
        )
    }

    /** From now on gives no line to anybody. */
    public fun off() {
        setLogSink(null, LogLevel.ERROR)
    }
}
