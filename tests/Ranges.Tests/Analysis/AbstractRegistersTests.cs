using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Ranges.Tests.Analysis;

/// <summary>The registers of an abstract state are read and written as those of all machines are.</summary>
public sealed class AbstractRegistersTests
{
    [Fact]
    public void Registers_are_read_and_written_as_those_of_all_machines()
    {
        var words = Sequence.Generate(Registers<RangeWord>.Count, static i => RangeWord.Between((ulong)i, 100));
        var (ours, all) = (new AbstractRegisters(words), Registers<RangeWord>.Of(words.AsSpan()));
        var value = RangeWord.Between(7, 9);
        for (var number = 0UL; number < 16; number++)
        {
            var name = RangeWord.Constant(number, Width.Bits4);
            ours.Read(name).ShouldBe(all.Read(name), $"r{number}");
            var (written, other) = (ours.Write(name, value), all.Write(name, value));
            for (var i = 0; i < Registers<RangeWord>.Count; i++) written[i].ShouldBe(other[i], $"r{i} after r{number} is written");
        }

        for (var i = 0; i < Registers<RangeWord>.Count; i++) ours[i].ShouldBe(words[i], $"r{i}, which nobody wrote");
    }

    [Fact]
    public void A_register_has_64_bits()
    {
        var registers = new AbstractRegisters(Sequence.Generate(Registers<RangeWord>.Count, static _ => RangeWord.Any(Width.Bits64)));

        Should.Throw<ArgumentException>(() => registers.With(3, RangeWord.Any(Width.Bits32)));
    }
}
