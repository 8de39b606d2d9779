namespace RbpfSpec.Bench.Host;

/// <summary>Something that an engine needs is not installed; the message says what, and what brings it.</summary>
internal sealed class MissingException(string message) : Exception(message);
