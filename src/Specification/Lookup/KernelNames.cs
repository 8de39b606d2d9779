using System.Text.RegularExpressions;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Specification.Lookup;

/// <summary>The names that the Linux kernel's headers give to parts of an encoding, such as <c>BPF_ALU64 | BPF_ADD | BPF_K</c>.</summary>
/// <remarks>
/// A name stands for the encodings that have it, which follow from their opcodes and mnemonics; several names stand for those that have
/// all of them. Macros such as <c>BPF_ALU64_IMM</c> are taken apart at their underscores.
/// </remarks>
public static partial class KernelNames
{
    private const string Prefix = "bpf_";

    private static readonly Dictionary<string, Func<Form, bool>> Names = All();

    /// <summary>Every name that an encoding has, in lower case, with its prefix: what search knows it by.</summary>
    public static IEnumerable<string> Of(Form form) => Names.Where(name => name.Value(form)).Select(name => Prefix + name.Key);

    /// <summary>The encodings that a text of such names stands for; empty if it has none, or one that is unknown.</summary>
    /// <param name="text">Names in any case, joined by anything but letters; registers and numbers among them do not matter.</param>
    public static Sequence<Form> Find(string text)
    {
        var names = NamePattern().Matches(text.ToLowerInvariant()).Select(match => match.Groups["name"].Value)
            .Where(name => !name.StartsWith("reg_", StringComparison.Ordinal)).ToList();
        if (names.Count == 0 || OtherPattern().IsMatch(NamePattern().Replace(text.ToLowerInvariant(), " "))) return [];
        List<Func<Form, bool>> wanted = [];
        foreach (var name in names)
        {
            if (Names.TryGetValue(name, out var has))
            {
                wanted.Add(has);
            }
            else if (name.Split('_') is { Length: > 1 } parts && parts.All(IsPart))
            {
                wanted.AddRange(parts.Select(Part).OfType<Func<Form, bool>>());
            }
            else
            {
                return [];
            }
        }

        return OperationTable.Forms.Where(form => wanted.TrueForAll(has => has(form))).ToSequence();
    }

    private static bool IsPart(string part) => part is "insn" or "op" || Part(part) is not null;

    // Of a macro's name: REG and IMM are the second operand, MOV64 an operation and its width, A of BPF_JMP_A the unconditional jump.
    private static Func<Form, bool>? Part(string part) => part switch
    {
        "insn" or "op" => null,
        "reg" => Names["x"],
        "imm" => form => form.Operation is WideLoad || Names["k"](form),
        "imm64" => Names["imm"],
        "raw" => Names["mem"],
        "a" => Names["ja"],
        "rel" => form => form.Operation is CallOperation.Local,
        "func" => form => form.Operation is CallOperation.ByHelperId,
        "kfunc" => form => form.Operation is CallOperation.ByBtfId,
        "alu32" => Names["alu"],
        "mov32" => form => Names["mov"](form) && form.Width.Bits is 32,
        "mov64" => form => Names["mov"](form) && form.Width.Bits is 64,
        "movsx32" => form => Names["movsx"](form) && form.Width.Bits is 32,
        "movsx64" => form => Names["movsx"](form) && form.Width.Bits is 64,
        _ => Names.GetValueOrDefault(part),
    };

    private static Dictionary<string, Func<Form, bool>> All()
    {
        Dictionary<string, Func<Form, bool>> names = new(StringComparer.Ordinal)
        {
            // RFC 9669 §3.3, §4: the source bit; §5.1: mode and size.
            ["k"] = form => IsArithmeticOrJump(form) && (form.Opcode & 0x08) == 0,
            ["x"] = form => IsArithmeticOrJump(form) && (form.Opcode & 0x08) != 0,
            ["imm"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0xe0) == 0x00,
            ["abs"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0xe0) == 0x20,
            ["ind"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0xe0) == 0x40,
            ["mem"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0xe0) == 0x60,
            ["memsx"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0xe0) == 0x80,
            ["atomic"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0xe0) == 0xc0,
            ["w"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0x18) == 0x00,
            ["h"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0x18) == 0x08,
            ["b"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0x18) == 0x10,
            ["dw"] = form => !IsArithmeticOrJump(form) && (form.Opcode & 0x18) == 0x18,
            ["fetch"] = form => form.Operation is AtomicOperation && AtomicOperation.Fetches(form),
            ["xadd"] = form => form.Operation is AtomicOperation.Add && !AtomicOperation.Fetches(form),
            ["end"] = IsByteOrder,
            ["endian"] = IsByteOrder,
            ["to_le"] = form => form.Operation is AluOperation.ToLittleEndian,
            ["from_le"] = form => form.Operation is AluOperation.ToLittleEndian,
            ["to_be"] = form => form.Operation is AluOperation.ToBigEndian,
            ["from_be"] = form => form.Operation is AluOperation.ToBigEndian,
            ["movsx"] = form => form.Operation is AluOperation.MoveSigned,
            ["emit_call"] = form => form.Operation is CallOperation.ByHelperId,
            ["pseudo_call"] = form => form.Operation is CallOperation.Local,
            ["pseudo_kfunc_call"] = form => form.Operation is CallOperation.ByBtfId,
            ["pseudo_map_fd"] = form => form.Operation is WideLoad.MapByFd,
            ["pseudo_map_value"] = form => form.Operation is WideLoad.MapValueByFd,
            ["pseudo_btf_id"] = form => form.Operation is WideLoad.VariableAddress,
            ["pseudo_func"] = form => form.Operation is WideLoad.CodeAddress,
            ["pseudo_map_idx"] = form => form.Operation is WideLoad.MapByIndex,
            ["pseudo_map_idx_value"] = form => form.Operation is WideLoad.MapValueByIndex,
            ["ld_map_fd"] = form => form.Operation is WideLoad.MapByFd,
            ["ld_map_value"] = form => form.Operation is WideLoad.MapValueByFd,
        };
        foreach (var @class in Enum.GetValues<InstructionClass>())
            names[@class.ToString().ToLowerInvariant()] = form => form.Class == @class;

        // What is no class is called as its operation is: ADD of arithmetic and of atomics, JEQ, CALL, XCHG.
        foreach (var mnemonic in OperationTable.All.Select(operation => operation.Mnemonic).Distinct())
            names.TryAdd(mnemonic, form => form.Operation.Mnemonic == mnemonic);
        return names;
    }

    private static bool IsByteOrder(Form form) =>
        form.Operation is AluOperation.ToLittleEndian or AluOperation.ToBigEndian or AluOperation.SwapBytes;

    private static bool IsArithmeticOrJump(Form form) =>
        form.Class is InstructionClass.Alu or InstructionClass.Alu64 or InstructionClass.Jmp or InstructionClass.Jmp32;

    [GeneratedRegex(@"\bbpf_(?<name>[a-z0-9_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex("(?<![0-9a-z])[a-z_]", RegexOptions.None, 1000)]
    private static partial Regex OtherPattern();
}
