using RbpfSpec.Host.Sensors;
using RbpfSpec.Serving.Sensors;

namespace RbpfSpec.Serving.Tests.Sensors;

public sealed class TraceReaderTests
{
    [Theory]
    [InlineData("0,t,2716,,,2,-2", 1, 2716, 0, 0, 2, -2)]
    [InlineData("5, t, -32768, 32767, 0, 255, 127", 3, -32768, 32767, 0, 255, 127)]
    [InlineData("5,t,1,2", 2, 1, 2, 0, 0, 0)]
    [InlineData("5,t", 0, 0, 0, 0, 0, 0)]
    [InlineData("""{"t_ms":5,"sensor":"t","val0":7,"unit":2,"scale":-2}""", 1, 7, 0, 0, 2, -2)]
    public void A_line_has_values(string line, int dimensions, short first, short second, short third, byte unit, sbyte scale) =>
        TraceReader.Read([line], out _).ShouldNotBeNull().ShouldHaveSingleItem().Reading
            .ShouldBe(new Reading(dimensions, first, second, third, unit, scale));

    [Theory]
    [InlineData("5,t,fail")]
    [InlineData("""{"t_ms":5,"sensor":"t","val0":"fail"}""")]
    public void A_reading_can_fail(string line) =>
        TraceReader.Read([line], out _).ShouldNotBeNull().ShouldHaveSingleItem().Reading.ShouldBeNull();

    [Theory]
    [InlineData("t_ms,sensor,val0,val1,val2,unit,scale")]
    [InlineData("t_ms, sensor, val0")]
    public void Comments_empty_lines_and_the_names_of_the_columns_say_nothing(string names) =>
        TraceReader.Read(["# a day", "", names, "0,t,1", " ", "1,t,2"], out _)
            .ShouldNotBeNull().Count.ShouldBe(2);

    [Theory]
    [InlineData("x,t,1", "t_ms 'x'; expected a whole number of milliseconds")]
    [InlineData("-1,t,1", "t_ms '-1'; expected a whole number of milliseconds")]
    [InlineData("1,,1", "sensor ''; expected a name")]
    [InlineData("1", "1 columns; expected t_ms,sensor,val0,val1,val2,unit,scale")]
    [InlineData("1,t,1,2,3,4,5,6", "8 columns; expected t_ms,sensor,val0,val1,val2,unit,scale")]
    [InlineData("1,t,32768", "val0 '32768'; expected a whole number from -32768 to 32767, or fail")]
    [InlineData("1,t,1,2.5", "val1 '2.5'; expected a whole number from -32768 to 32767")]
    [InlineData("1,t,1,,3", "val1 is missing, and one after it is there")]
    [InlineData("1,t,fail,2", "a value after 'fail'; expected none")]
    [InlineData("1,t,1,,,256", "unit '256'; expected a whole number from 0 to 255")]
    [InlineData("1,t,1,,,2,-129", "scale '-129'; expected a whole number from -128 to 127")]
    [InlineData("0,t,1", "t_ms 0 comes after 1; expected the order of time")]
    [InlineData("""{"t_ms":1,"sensor":"t","value":1}""",
        "the property 'value' says nothing here; expected t_ms,sensor,val0,val1,val2,unit,scale")]
    [InlineData("""{"t_ms":1,"t_ms":2}""", "the property 't_ms' comes twice")]
    public void A_line_that_makes_no_sense_is_told_with_its_number(string line, string problem)
    {
        TraceReader.Read(["# a day", "1,t,1", line], out var told).ShouldBeNull();

        told.ShouldBe($"line 3: {problem}");
    }

    [Fact]
    public void A_line_that_is_cut_short_is_told()
    {
        TraceReader.Read(["""{"t_ms":1,"sen"""], out var problem).ShouldBeNull();

        problem.ShouldStartWith("line 1: no object of JSON; expected one such as ");
        problem.ShouldNotContain('\n');
    }

    [Fact]
    public void A_trace_without_values_is_none()
    {
        TraceReader.Read(["# nothing"], out var problem).ShouldBeNull();

        problem.ShouldBe("there is no value in it; expected lines of t_ms,sensor,val0,val1,val2,unit,scale");
    }
}
