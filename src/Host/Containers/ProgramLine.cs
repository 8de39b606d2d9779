namespace RbpfSpec.Host.Containers;

/// <summary>From a slot on, up to the next of these, instructions come from a line of source.</summary>
/// <param name="Slot">The slot of the program.</param>
/// <param name="Text">File, line and the line itself, for people; empty where none is known.</param>
public sealed record ProgramLine(int Slot, string Text);
