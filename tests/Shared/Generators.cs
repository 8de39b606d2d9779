using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Tests;

/// <summary>The generators of drawn values, which like edges.</summary>
internal static class Generators
{
    private const int TopLength = 16;
    private const ulong TopStart = ulong.MaxValue - TopLength + 1;

    private static readonly Form[] AllForms = [.. OperationTable.Forms];

    private static readonly Form[] RbpfForms =
        [.. OperationTable.Forms.Where(form => form.Needs.IsEmpty && Profile.Rbpf.Groups.Contains(form.Group))];

    private static readonly Dictionary<string, Form> FormsById =
        OperationTable.Forms.ToDictionary(form => form.Id, StringComparer.Ordinal);

    /// <summary>The encoding with a rule id.</summary>
    public static Form FormOf(string id) => FormsById[id];

    extension(Dice dice)
    {
        /// <summary>A register that exists.</summary>
        public Register AnyRegister() => new((byte)dice.Between(0, Register.Last));

        /// <summary>An offset: one of the greatest or, mostly, one that stays close.</summary>
        public short AnyOffset() => (short)(dice.Between(0, 6) switch
        {
            0 => dice.Pick(short.MinValue, short.MaxValue, (short)-256, (short)256),
            1 => dice.Between(short.MinValue, short.MaxValue),
            _ => dice.Between(-9, 9),
        });

        /// <summary>Any encoding.</summary>
        public Form AnyForm() => dice.Pick(AllForms);

        /// <summary>An instruction of an encoding; of those with two registers, a third name the same one twice.</summary>
        public Instruction InstructionOf(Form form)
        {
            var destination = dice.AnyRegister();
            var immediate = form.Operation switch
            {
                CallOperation.ByBtfId when !dice.OnceIn(3) => dice.Pick(Samples.Complement, Samples.Exchange),
                CallOperation when !dice.OnceIn(3) => dice.OnceIn(3) ? dice.Between(-6, 6) : dice.Pick(Samples.HelperIds),
                _ => dice.AnyImmediate(),
            };
            return Instruction.Of(
                form, destination, dice.OnceIn(3) ? destination : dice.AnyRegister(), dice.AnyOffset(), immediate, dice.AnyImmediate());
        }

        /// <summary>Any instruction that exists.</summary>
        public Instruction AnyInstruction() => dice.InstructionOf(dice.AnyForm());

        /// <summary>A program of one to twelve instructions that exist.</summary>
        public Program AnyProgram() => Program.Of(dice.Several(dice.Between(1, 12), AnyInstruction));

        /// <summary>
        /// A program that the profile rbpf mostly accepts: no write to r10, distances that mostly stay inside, helpers
        /// that exist, EXIT or a jump back at the end.
        /// </summary>
        public Program MildProgram()
        {
            var count = dice.Between(0, 10);
            var body = dice.Several(count, _ => dice.MildInstruction(dice.Pick(RbpfForms), count));
            var end = dice.OnceIn(4)
                ? Samples.InstructionOf("jmp/ja", offset: -dice.Between(1, count + 1))
                : Samples.InstructionOf("jmp/exit");
            return Program.Of([.. body, end]);
        }

        /// <summary>Bytes for a program: of instructions that exist, perhaps with a byte changed or some left out, or any.</summary>
        public byte[] ProgramBytes()
        {
            if (dice.OnceIn(3)) return dice.Bytes(dice.Between(0, 40));
            var bytes = (dice.OnceIn(2) ? dice.AnyProgram() : dice.MildProgram()).ToBytes();
            if (dice.OnceIn(2)) bytes[dice.Between(0, bytes.Length - 1)] = (byte)dice.Next();
            return dice.OnceIn(6) ? bytes[..dice.Between(0, bytes.Length)] : bytes;
        }

        /// <summary>
        /// A state of a profile: regions beside each other and at both ends of the address space, registers near their
        /// edges, up to all frames in use, little or no budget.
        /// </summary>
        public State<Word> StateOf(Profile profile)
        {
            var depth = dice.OnceIn(2) ? dice.Between(0, profile.FrameLimit - 1) : 0;
            var stack = StackStart(profile, depth);
            var regions = dice.RegionsOf(profile, depth);
            var registers = dice.Several(Registers<Word>.Count, _ => Word.Of(dice.ValueOrAddress(regions)));
            if (!dice.OnceIn(5)) registers[^1] = Word.Of(stack + (ulong)profile.FrameBytes);
            return new(
                Registers<Word>.Of(registers),
                Word.Of((ulong)dice.Between(0, 4)),
                new RegionMemory<Word>(regions, new(Word.Of(stack), Word.Of((ulong)profile.FrameBytes), ByteTree.Zero(profile.FrameBytes))),
                Sequence.Of<Frame<Word>>(dice.Several(depth, AnyFrame)),
                new(dice.AnyAllowance(), dice.AnyAllowance()),
                Samples.Host);
        }

        /// <summary>A profile, each decision of which is drawn by itself.</summary>
        public Profile AnyProfile() => Profile.Rbpf with
        {
            Name = "drawn",
            Groups = dice.Most<ConformanceGroup>(),
            PlatformEncodings = dice.Most<PlatformEncoding>(),
            ZeroDivisor = dice.AnyOf<ZeroDivisor>(),
            LargeShift = dice.AnyOf<LargeShift>(),
            SignedOverflow = dice.AnyOf<SignedOverflow>(),
            Memory = dice.AnyOf<MemoryRule>(),
            Alignment = dice.AnyOf<Alignment>(),
            FramePointer = dice.AnyOf<FramePointer>(),
            ReservedFields = dice.AnyOf<ReservedFields>(),
            JumpTarget = dice.AnyOf<JumpTarget>(),
            LastInstruction = dice.AnyOf<LastInstruction>(),
            HelperAccess = dice.AnyOf<HelperAccess>(),
            InitialRegisters = dice.AnyOf<InitialRegisters>(),
            FrameLimit = dice.Between(1, 4),
            FrameBytes = dice.Pick(0, 8, 64),
        };

        private T AnyOf<T>()
            where T : struct, Enum => dice.Pick<T>(Enum.GetValues<T>());

        // Each of them, but one in six.
        private Sequence<T> Most<T>()
            where T : struct, Enum => Enum.GetValues<T>().Where(_ => !dice.OnceIn(6)).ToSequence();

        private Allowance<Word> AnyAllowance() => dice.Between(0, 5) switch
        {
            0 => new Allowance<Word>.Remaining(Word.Of(0)),
            1 => new Allowance<Word>.Remaining(Word.Of(1)),
            2 => new Allowance<Word>.Remaining(Word.Of(dice.Pick(200UL, ulong.MaxValue))),
            _ => new Allowance<Word>.Unlimited(),
        };

        private Frame<Word> AnyFrame() =>
            new(Word.Of((ulong)dice.Between(0, 5)), Sequence.Of<Word>(dice.Several(5, _ => Word.Of(dice.Value()))));

        private ulong ValueOrAddress(Sequence<Region<Word>> regions)
        {
            if (dice.OnceIn(3)) return dice.Value();
            var region = dice.Pick(regions.AsSpan());
            var edge = region.Start.Value + (dice.OnceIn(2) ? 0 : region.Length.Value);
            return edge + (ulong)dice.Between(-12, 12);
        }

        private Sequence<Region<Word>> RegionsOf(Profile profile, int depth)
        {
            var context = dice.Between(1, 24);
            var permission = dice.Pick(Permission.None, Permission.Read, Permission.Write, Permission.ReadWrite);
            return
            [
                Region.Of("stack", AddressSpace.Stack, dice.Bytes(profile.FrameBytes), Permission.ReadWrite),
                Region.Of("context", AddressSpace.Context, dice.Bytes(context), Permission.ReadWrite),
                Region.Of("adjacent", AddressSpace.Context + (ulong)context, dice.Bytes(16), permission),
                Region.Of("first", 0, dice.Bytes(9), Permission.Read),
                Region.Of("last", TopStart, dice.Bytes(TopLength), Permission.ReadWrite),
                .. Enumerable.Range(1, depth).Select(frame => Region.Of(
                    "stack frame", StackStart(profile, frame), dice.Bytes(profile.FrameBytes), Permission.ReadWrite)),
            ];
        }

        private Instruction MildInstruction(Form form, int count)
        {
            var distance = dice.OnceIn(8) ? dice.Between(-count, count) : dice.Between(0, count / 2);
            var immediate = form.Operation is CallOperation.ByHelperId ? dice.Pick(Samples.HelperIds) : dice.AnyImmediate();
            return Instruction.Of(
                form,
                new((byte)dice.Between(0, 9)),
                new((byte)dice.Between(0, 9)),
                form.Displacement.Contains(Field.Offset) ? (short)distance : dice.AnyOffset(),
                form.Displacement.Contains(Field.Immediate) ? distance : immediate,
                dice.AnyImmediate());
        }
    }

    private static ulong StackStart(Profile profile, int depth) => AddressSpace.Stack - (ulong)(depth * profile.FrameBytes);
}
