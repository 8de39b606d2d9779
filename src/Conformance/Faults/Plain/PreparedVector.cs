using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Faults.Plain;

/// <summary>A vector, prepared for a plain machine.</summary>
internal sealed class PreparedVector
{
    private PreparedVector(Profile profile, Fields[] code, Sequence<byte> memory, Setting setting)
    {
        Profile = profile;
        Code = code;
        Memory = memory.ToArray();
        Setting = setting;
    }

    /// <summary>The machine variant.</summary>
    public Profile Profile { get; }

    /// <summary>The slots.</summary>
    public Fields[] Code { get; }

    /// <summary>The bytes of the program, where they are no whole slots.</summary>
    public int Length { get; private init; }

    /// <summary>The context.</summary>
    public byte[] Memory { get; }

    /// <summary>The rest of what the harness provides.</summary>
    public Setting Setting { get; }

    /// <summary>The checks that reject it, each with the slot.</summary>
    public (string Check, int Slot)[] Problems { get; private init; } = [];

    /// <summary>The instructions that the right run executes, each once; of a rejected program, all.</summary>
    public Fields[] Executed { get; private set; } = [];

    /// <summary>How the right run ends.</summary>
    public Ending Right { get; private set; }

    /// <summary>The registers at the end of the right run.</summary>
    public ulong[] Registers { get; private set; } = [];

    /// <summary>The bytes that were written last, of context and stack, at the end of the right run.</summary>
    public ulong Digest { get; private set; }

    /// <summary>How many steps the right run takes.</summary>
    public int Steps { get; private set; }

    /// <summary>A vector as a case.</summary>
    public static PreparedVector Of(Profile profile, Sequence<byte> bytes, Sequence<byte> memory, Setting setting)
    {
        var span = bytes.AsSpan();
        var code = new Fields[span.Length / 8];
        for (var slot = 0; slot < code.Length; slot++) code[slot] = Fields.Of(span.Slice(slot * 8, 8));
        var problems = new VectorMachine(profile).Problems(bytes, setting);
        var input = new PreparedVector(profile, code, memory, setting)
        {
            Length = span.Length,
            Problems = [.. problems.Select(problem => (problem.Check, problem.Slot))],
        };
        input.Executed = [.. code.Distinct()];
        var machine = new PlainMachine(input, Fault.None);
        input.Right = machine.Run();
        input.Steps = machine.Steps;
        input.Registers = machine.R[..11];
        input.Digest = machine.Digest();
        if (problems.IsEmpty) input.Executed = [.. machine.Seen.Select(slot => code[slot]).Distinct()];
        return input;
    }

    /// <summary>Whether a run with a fault shows it: by its end or, where it trapped, by what it left.</summary>
    public bool Shows(Fault fault)
    {
        if (!fault.Concerns(this)) return false;
        var machine = new PlainMachine(this, fault);
        var end = machine.Run();

        // What is let pass has to end well, or to have begun where there is nothing to begin with.
        if (Right.Answer is EndKind.Rejected)
            return end.Answer is EndKind.Returned || (Problems[0].Check is "length" or "entry" && end.Answer is not EndKind.Rejected);
        if (end != Right) return true;
        return end.Answer is EndKind.Trapped && (!machine.R.AsSpan(0, 11).SequenceEqual(Registers) || machine.Digest() != Digest);
    }
}
