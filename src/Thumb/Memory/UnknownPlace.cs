namespace RbpfSpec.Thumb.Memory;

/// <summary>An access that the memory cannot say the value of; caught where the instruction is executed.</summary>
internal sealed class UnknownPlace(string what) : Exception(what);
