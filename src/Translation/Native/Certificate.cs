namespace RbpfSpec.Translation.Native;

/// <summary>A register of the program that has two of the processor all the time.</summary>
/// <param name="Register">Its number, 0 to 10.</param>
/// <param name="Low">The register of the low 32 bits, 0 to 9.</param>
/// <param name="High">The register of the high 32 bits, 0 to 9.</param>
/// <param name="IsDirty">Whether the machine's state may hold another value meanwhile.</param>
public sealed record Placed(int Register, int Low, int High, bool IsDirty);

/// <summary>A place in native code that stands for a slot of the program.</summary>
/// <param name="Slot">The slot whose instruction is next.</param>
/// <param name="Offset">The place, in bytes from the start of the code.</param>
/// <param name="ZeroHigh">The registers of the program whose high 32 bits are zero whenever control comes here.</param>
public sealed record Cut(int Slot, int Offset, Sequence<int> ZeroHigh);

/// <summary>A description of native code that the validator starts from: nothing in it is believed, all of it is proved.</summary>
/// <param name="Profile">The name of the machine variant that the program was checked against.</param>
/// <param name="Places">The registers that are not in the machine's state, at every cut.</param>
/// <param name="Cuts">The cuts.</param>
public sealed record Certificate(string Profile, Sequence<Placed> Places, Sequence<Cut> Cuts);
