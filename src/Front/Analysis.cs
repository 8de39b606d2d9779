using RbpfSpec.Semantics.Machine;

namespace RbpfSpec;

/// <summary>Facts about all runs of a program at once, each confirmed by the checker of certificates.</summary>
/// <param name="IsProved">Whether no run traps, budgets apart, whatever the context holds.</param>
/// <param name="Sites">How many traps the program's instructions could raise by their rules.</param>
/// <param name="Open">Those that are not proved never to be raised, in ascending order of slot.</param>
/// <param name="Branches">The most branches and local calls that a run takes; null if that is not bounded.</param>
/// <param name="Problems">Why nothing is known; empty if the analysis came to its end.</param>
public sealed record Analysis(bool IsProved, int Sites, Sequence<OpenTrap> Open, ulong? Branches, Sequence<string> Problems);

/// <summary>A trap that may be raised, as far as the analysis knows.</summary>
/// <param name="Slot">The slot of the instruction.</param>
/// <param name="Trap">The trap.</param>
/// <param name="IsCertain">Whether every run that comes to the instruction raises it.</param>
/// <param name="Lack">The fact that is lacking, in numbers.</param>
/// <param name="Source">The line of source that the instruction comes from; null if the file does not tell.</param>
public sealed record OpenTrap(int Slot, Trap Trap, bool IsCertain, string Lack, string? Source);
