using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Operations;

/// <summary>Atomic operations: memory at the destination register plus the offset becomes a function of itself.</summary>
/// <remarks>
/// RFC 9669 §5.3. One instruction is one step, so nothing comes between the read and the write. The immediate selects
/// the operation and whether the old value is fetched. Closed: every case is nested here and sealed.
/// </remarks>
public abstract record AtomicOperation : Operation
{
    private const byte FetchBit = 0x01;

    // The bits of the immediate that select the operation, without the one that fetches.
    private readonly byte code;

    private AtomicOperation(byte code, string mnemonic, string @operator, string summary)
        : base(mnemonic, summary, Clause.Rfc("5.3"), MemoryOperation.AccessTraps) => (this.code, Operator) = (code, @operator);

    /// <summary>The operator in the assembly text that LLVM prints, such as <c>+=</c>, or the name of its function.</summary>
    public string Operator { get; }

    public override Sequence<Form> Forms =>
    [
        FormOf(AccessSize.Word, fetches: false),
        FormOf(AccessSize.Word, fetches: true),
        FormOf(AccessSize.DoubleWord, fetches: false),
        FormOf(AccessSize.DoubleWord, fetches: true),
    ];

    /// <summary>The new value in memory, of the old one, the source register and r0, all at the width of the form.</summary>
    public abstract T Combine<T>(T memory, T src, T r0)
        where T : IWord<T>;

    /// <summary>Whether a form loads the old value into a register.</summary>
    public static bool Fetches(Form form) => form.Writes is not WrittenRegister.None;

    public sealed override MemoryAccess<T>? AccessOf<T>(in Execution<T> execution) => Accessed(execution);

    public sealed override Effect<T> Execute<T>(in Execution<T> execution)
    {
        var (form, fields, state, _) = execution;
        var access = Accessed(execution);
        var old = state.Memory.Read(access.Address, form.Width);
        var value = Combine<T>(old, execution.Source.Low(form.Width), state.Registers[0].Low(form.Width));
        var fetched = old.ZeroExtend(Width.Bits64);
        var next = execution.Advanced with { Memory = state.Memory.Write(access.Address, value, Truth<T>.Of(true)) };
        return MemoryOperation.Checked(execution, access, new Outcome<T>.Next(form.Writes switch
        {
            WrittenRegister.None => next,
            WrittenRegister.Source => next with { Registers = state.Registers.Write(fields.Source, fetched) },
            WrittenRegister.R0 => next with { Registers = state.Registers.With(0, fetched) },
            WrittenRegister.Destination => next with { Registers = state.Registers.Write(fields.Destination, fetched) },
        }));
    }

    private static MemoryAccess<T> Accessed<T>(in Execution<T> execution)
        where T : IWord<T> => MemoryOperation.At(Field.Destination, Access.ReadWrite, execution);

    private protected Form FormOf(AccessSize size, bool fetches) => new()
    {
        Id = $"atomic/{(fetches ? "fetch-" : "")}{Mnemonic}{size.Width().Bits}",
        Mnemonic = $"{(fetches ? "fetch " : "")}{Mnemonic}{Suffix(size)}",
        Operation = this,
        Opcode = (byte)((6 << 5) | (byte)size | (byte)InstructionClass.Stx),
        Layout = Layout.Empty with
        {
            Destination = Layout.Register,
            Source = Layout.Register,
            Offset = Layout.Value,
            Immediate = Layout.Only((ulong)(fetches ? code | FetchBit : code)),
        },
        Group = size is AccessSize.DoubleWord ? ConformanceGroup.Atomic64 : ConformanceGroup.Atomic32,
        Width = size.Width(),
        Operand = SourceOperand.Register,
        Writes = fetches ? WrittenRegister.Source : WrittenRegister.None,
    };

    private static string Suffix(AccessSize size) => size is AccessSize.DoubleWord ? "" : "32";

    // XCHG and CMPXCHG have the fetching bit always, and no name for it.
    private Sequence<Form> Always(WrittenRegister written)
    {
        return [Of(AccessSize.Word), Of(AccessSize.DoubleWord)];

        Form Of(AccessSize size) => FormOf(size, fetches: true) with
        {
            Id = $"atomic/{Mnemonic}{size.Width().Bits}",
            Mnemonic = $"{Mnemonic}{Suffix(size)}",
            Writes = written,
        };
    }

    /// <summary><c>ADD</c>: sum.</summary>
    public sealed record Add() : AtomicOperation(0x00, "add", "+=", "Atomically adds the source register to memory.")
    {
        public override T Combine<T>(T memory, T src, T r0) => memory + src;
    }

    /// <summary><c>OR</c>: bitwise or.</summary>
    public sealed record Or() : AtomicOperation(
        0x40, "or", "|=", "Atomically sets the bits of memory that are set in the source register.")
    {
        public override T Combine<T>(T memory, T src, T r0) => memory | src;
    }

    /// <summary><c>AND</c>: bitwise and.</summary>
    public sealed record And() : AtomicOperation(
        0x50, "and", "&=", "Atomically clears the bits of memory that are clear in the source register.")
    {
        public override T Combine<T>(T memory, T src, T r0) => memory & src;
    }

    /// <summary><c>XOR</c>: bitwise exclusive or.</summary>
    public sealed record Xor() : AtomicOperation(
        0xa0, "xor", "^=", "Atomically flips the bits of memory that are set in the source register.")
    {
        public override T Combine<T>(T memory, T src, T r0) => memory ^ src;
    }

    /// <summary><c>XCHG</c>: exchange.</summary>
    public sealed record Exchange() : AtomicOperation(
        0xe0, "xchg", "xchg", "Atomically exchanges the source register and memory.")
    {
        public override Sequence<Form> Forms => Always(WrittenRegister.Source);

        public override T Combine<T>(T memory, T src, T r0) => src;
    }

    /// <summary><c>CMPXCHG</c>: compare with r0 and exchange.</summary>
    public sealed record CompareExchange() : AtomicOperation(
        0xf0, "cmpxchg", "cmpxchg", "Atomically stores the source register if memory equals r0; r0 becomes the old value in either case.")
    {
        public override Sequence<Form> Forms => Always(WrittenRegister.R0);

        public override T Combine<T>(T memory, T src, T r0) =>
            T.Choose(T.Same(memory, r0), src, memory);
    }
}
