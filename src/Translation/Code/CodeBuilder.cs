using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Translation.Code;

/// <summary>A place in code, known once it is placed and the code is laid out.</summary>
internal sealed class Label
{
    /// <summary>The number of the item that it stands before; negative until it is placed.</summary>
    public int Index { get; set; } = -1;
}

/// <summary>Code in the making: instructions, and branches to labels that become as short as they can.</summary>
internal sealed class CodeBuilder
{
    private readonly List<Item> items = [];
    private int[] offsets = [];

    /// <summary>A label that stands here.</summary>
    public Label Here()
    {
        var label = new Label();
        Place(label);
        return label;
    }

    /// <summary>Puts a label here.</summary>
    public void Place(Label label) => label.Index = items.Count;

    /// <summary>Adds an instruction.</summary>
    public void Add(Instruction instruction) => items.Add(new Fixed(Encoder.Encode(instruction)));

    /// <summary>Adds the first of several instructions that has an encoding.</summary>
    public void AddFirst(params ReadOnlySpan<Instruction> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (Encoder.Find(candidate) is not { } halfwords) continue;
            items.Add(new Fixed(halfwords));
            return;
        }

        throw new ArgumentException($"no encoding holds {candidates[^1]}", nameof(candidates));
    }

    /// <summary>Adds a branch.</summary>
    public void Branch(Label target, Condition condition = Condition.Always) => items.Add(new Jump(target, condition));

    /// <summary>Adds a branch that is taken where a register is zero, or is not.</summary>
    public void BranchOnZero(int register, bool isNonZero, Label target) => items.Add(new ZeroJump(target, register, isNonZero));

    /// <summary>The bytes.</summary>
    public byte[] Build()
    {
        // Branches begin short; a longer one moves others apart, so it is repeated until nothing grows.
        var grown = new int[items.Count];
        bool changes;
        do
        {
            offsets = new int[items.Count + 1];
            for (var i = 0; i < items.Count; i++) offsets[i + 1] = offsets[i] + items[i].Length(grown[i]);
            changes = false;
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i].Encode(grown[i], offsets[i], this) is not null) continue;
                grown[i]++;
                changes = true;
            }
        }
        while (changes);

        var bytes = new List<byte>();
        for (var i = 0; i < items.Count; i++)
        {
            foreach (var halfword in items[i].Encode(grown[i], offsets[i], this)!.Value) bytes.AddRange(BitConverter.GetBytes(halfword));
        }

        return [.. bytes];
    }

    /// <summary>Where a label stands, in bytes, after <see cref="Build"/>.</summary>
    public int OffsetOf(Label label) => offsets[label.Index];

    private abstract record Item
    {
        public abstract int Length(int grown);

        public abstract Sequence<ushort>? Encode(int grown, int offset, CodeBuilder code);
    }

    private sealed record Fixed(Sequence<ushort> Halfwords) : Item
    {
        public override int Length(int grown) => 2 * Halfwords.Count;

        public override Sequence<ushort>? Encode(int grown, int offset, CodeBuilder code) => Halfwords;
    }

    private sealed record Jump(Label Target, Condition Condition) : Item
    {
        public override int Length(int grown) => grown == 0 ? 2 : 4;

        public override Sequence<ushort>? Encode(int grown, int offset, CodeBuilder code)
        {
            var distance = code.OffsetOf(Target) - offset - 4;
            return Encoder.Find(new Instruction.Branch(Condition, distance)
            {
                Encoding = (grown, Condition) switch
                {
                    (0, Condition.Always) => Encoding.T2,
                    (0, _) => Encoding.T1,
                    (_, Condition.Always) => Encoding.T4,
                    _ => Encoding.T3,
                },
            }) ?? (grown == 0 ? null : throw new InvalidOperationException($"a branch over {distance} bytes"));
        }
    }

    private sealed record ZeroJump(Label Target, int Register, bool IsNonZero) : Item
    {
        private Sequence<ushort> Compare => Encoder.Encode(
            new Instruction.DataImmediate(DataOperation.Cmp, FlagSetting.Set, Instruction.None, Register, 0));

        public override int Length(int grown) => grown switch
        {
            0 => 2,
            1 => (2 * Compare.Count) + 2,
            _ => (2 * Compare.Count) + 4,
        };

        public override Sequence<ushort>? Encode(int grown, int offset, CodeBuilder code)
        {
            if (grown == 0)
            {
                return Register < 8
                    ? Encoder.Find(new Instruction.CompareBranch(IsNonZero, Register, code.OffsetOf(Target) - offset - 4))
                    : null;
            }

            var compare = Compare;
            var jump = new Jump(Target, IsNonZero ? Condition.NotEqual : Condition.Equal);
            return jump.Encode(grown - 1, offset + (2 * compare.Count), code) is { } branch
                ? [.. compare.AsSpan(), .. branch.AsSpan()]
                : null;
        }
    }
}
