namespace RbpfSpec.Interp.Predecoded;

/// <summary>One step of a predecoded program as words: what <see cref="PredecodedStep"/> holds, but for the handler.</summary>
/// <param name="Code">What to do.</param>
/// <param name="Destination">Where the destination register is: 8 bits.</param>
/// <param name="Source">Where the source register is: 8 bits.</param>
/// <param name="Offset">
/// What is added to an address; of jumps and local calls, until distances are known, the displacement in slots: 32 bits.
/// </param>
/// <param name="Immediate">The second operand, or a number that decoding worked out: 64 bits.</param>
internal readonly record struct Step<T>(Code Code, T Destination, T Source, T Offset, T Immediate);

/// <summary>A step before that of an instruction, which traps or goes on.</summary>
/// <param name="When">Whether it stands there at all: some guards depend on an immediate.</param>
/// <param name="Step">The step.</param>
internal readonly record struct GuardStep<T>(Truth<T> When, Step<T> Step)
    where T : IWord<T>;
