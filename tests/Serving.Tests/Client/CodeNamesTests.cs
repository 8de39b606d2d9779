using RbpfSpec.Host.Coap;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Serving.Tests.Client;

public sealed class CodeNamesTests
{
    [Theory]
    [InlineData(4, 4, "4.04 Not Found")]
    [InlineData(2, 31, "2.31 Continue")]
    [InlineData(5, 31, "5.31")]
    public void A_code_is_told_with_its_name(int @class, int detail, string text) => CoapCode.Of(@class, detail).Described().ShouldBe(text);
}
